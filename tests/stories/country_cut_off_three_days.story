# Each country is alone for three days: at home work goes on, abroad it waits, and all of it comes.
nodes helmo.be uhasselt.be zhaw.ch ethz.ch
settle
part by country
helmo.be nominates A to uhasselt.be
zhaw.ch nominates B to ethz.ch
helmo.be nominates S1..S5 to zhaw.ch
ethz.ch nominates C to uhasselt.be
run 3d
expect A pending at both
expect B pending at both
expect outbox 5 at helmo.be
expect outbox 1 at ethz.ch
heal
settle within 20m
expect S1..S5 pending at both
expect C pending at both
expect same
--
     0.010  zhaw.ch       . session to node.ethz.ch opened
     0.010  helmo.be      . session to node.zhaw.ch opened
     0.010  ethz.ch       . session to node.helmo.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  zhaw.ch       . session to node.helmo.be opened
     0.010  zhaw.ch       . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.ethz.ch opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  ethz.ch       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.ethz.ch opened
     0.010  uhasselt.be   . session to node.zhaw.ch opened
     0.010  ethz.ch       . session to node.zhaw.ch opened
     0.015  zhaw.ch       . session from node.helmo.be is live
     0.015  uhasselt.be   . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  helmo.be      . session from node.ethz.ch is live
     0.015  helmo.be      . session from node.zhaw.ch is live
     0.015  zhaw.ch       . session from node.uhasselt.be is live
     0.015  ethz.ch       . session from node.zhaw.ch is live
     0.015  zhaw.ch       . session from node.ethz.ch is live
     0.015  ethz.ch       . session from node.helmo.be is live
     0.015  uhasselt.be   . session from node.ethz.ch is live
     0.015  ethz.ch       . session from node.uhasselt.be is live
     0.020  ethz.ch         zhaw.ch: write guard lifted, both hold the same
     0.020  uhasselt.be     ethz.ch: write guard lifted, both hold the same
     0.020  helmo.be        ethz.ch: write guard lifted, both hold the same
     0.020  zhaw.ch         ethz.ch: write guard lifted, both hold the same
     0.020  ethz.ch         uhasselt.be: write guard lifted, both hold the same
     0.020  helmo.be        zhaw.ch: write guard lifted, both hold the same
     0.020  ethz.ch         helmo.be: write guard lifted, both hold the same
     0.020  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         helmo.be: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  zhaw.ch       > B: kept
     0.025  helmo.be      > S1..S5: 5 kept, 0 wait for the guard
     0.025  ethz.ch       > C: kept
     0.030  ethz.ch       . records from zhaw.ch: 1 new, 0 repeated
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  zhaw.ch       . receipt from ethz.ch: 1 delivered, 0 known
     2.025  ethz.ch       . uhasselt.be is silent about 1 records: sent again
     2.025  helmo.be      . zhaw.ch is silent about 5 records: sent again
     4.025  ethz.ch         node.uhasselt.be does not answer: kept, tried again by itself
     4.025  helmo.be        node.zhaw.ch does not answer: kept, tried again by itself
    18.025  zhaw.ch         node.helmo.be does not answer: kept, tried again by itself
    18.025  zhaw.ch         node.uhasselt.be does not answer: kept, tried again by itself
    18.025  uhasselt.be     node.ethz.ch does not answer: kept, tried again by itself
    18.025  uhasselt.be     node.zhaw.ch does not answer: kept, tried again by itself
    18.025  ethz.ch         node.helmo.be does not answer: kept, tried again by itself
    18.025  helmo.be        node.ethz.ch does not answer: kept, tried again by itself
259585.500  ethz.ch       . session to node.uhasselt.be opened
259585.505  uhasselt.be   . session from node.ethz.ch is live
259585.515  uhasselt.be   . session to node.ethz.ch opened
259585.520  ethz.ch       . session from node.uhasselt.be is live
259585.525  uhasselt.be   . records from ethz.ch: 1 new, 0 repeated
259585.530  ethz.ch       . receipt from uhasselt.be: 1 delivered, 0 known
259802.928  helmo.be      . session to node.zhaw.ch opened
259802.933  zhaw.ch       . session from node.helmo.be is live
259802.943  zhaw.ch       . session to node.helmo.be opened
259802.948  helmo.be      . session from node.zhaw.ch is live
259802.953  zhaw.ch       . records from helmo.be: 1 new, 0 repeated (5 times)
259802.958  helmo.be      . receipt from zhaw.ch: 5 delivered, 0 known
