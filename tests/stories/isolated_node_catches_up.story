# A node that nobody reached for a day has everything within a minute.
nodes helmo.be uhasselt.be zhaw.ch
settle
isolate zhaw.ch
helmo.be nominates A to zhaw.ch
zhaw.ch nominates B to uhasselt.be
helmo.be nominates C to uhasselt.be
run 1d
expect C pending at both
expect outbox 1 at helmo.be
expect outbox 1 at zhaw.ch
heal
settle within 20m
expect A pending at both
expect B pending at both
expect same
--
     0.010  uhasselt.be   . session to node.zhaw.ch opened
     0.010  zhaw.ch       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.zhaw.ch opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  zhaw.ch       . session to node.helmo.be opened
     0.015  helmo.be      . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  zhaw.ch       . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  zhaw.ch       . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
     0.020  helmo.be        zhaw.ch: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  zhaw.ch         helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  zhaw.ch       > B: kept
     0.025  helmo.be      > C: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     2.025  zhaw.ch       . uhasselt.be is silent about 1 records: sent again
     2.025  helmo.be      . zhaw.ch is silent about 1 records: sent again
     4.025  zhaw.ch         node.uhasselt.be does not answer: kept, tried again by itself
     4.025  helmo.be        node.zhaw.ch does not answer: kept, tried again by itself
    18.025  uhasselt.be     node.zhaw.ch does not answer: kept, tried again by itself
    18.025  zhaw.ch         node.helmo.be does not answer: kept, tried again by itself
 86518.994  helmo.be      . session to node.zhaw.ch opened
 86518.999  zhaw.ch       . session from node.helmo.be is live
 86519.009  zhaw.ch       . session to node.helmo.be opened
 86519.014  helmo.be      . session from node.zhaw.ch is live
 86519.019  zhaw.ch       . records from helmo.be: 1 new, 0 repeated
 86519.024  helmo.be      . receipt from zhaw.ch: 1 delivered, 0 known
 86552.627  zhaw.ch       . session to node.uhasselt.be opened
 86552.632  uhasselt.be   . session from node.zhaw.ch is live
 86552.642  uhasselt.be   . session to node.zhaw.ch opened
 86552.647  zhaw.ch       . session from node.uhasselt.be is live
 86552.652  uhasselt.be   . records from zhaw.ch: 1 new, 0 repeated
 86552.657  zhaw.ch       . receipt from uhasselt.be: 1 delivered, 0 known
