# All of a Deliver was receipted by another way before it came: the stream goes on behind it.
nodes helmo.be uhasselt.be
settle
drop every receipt from uhasselt.be to helmo.be
helmo.be nominates A to uhasselt.be
helmo.be nominates B to uhasselt.be
run 1s
uhasselt.be stops
run 10s
uhasselt.be starts
drop nothing
drop deliver number 2 from helmo.be to uhasselt.be
settle within 10s
helmo.be nominates C to uhasselt.be
settle within 10s
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  helmo.be      > B: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     2.035  helmo.be      . uhasselt.be is silent about 2 records: sent again
     4.035  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    11.035  uhasselt.be   . session to node.helmo.be opened
    11.040  helmo.be      . session from node.uhasselt.be is live
    11.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
    11.050  helmo.be      . session to node.uhasselt.be opened
    11.055  uhasselt.be   . session from node.helmo.be is live
    11.065  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    11.070  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
    11.070  helmo.be      > C: kept
    13.070  helmo.be      . uhasselt.be is silent about 1 records: sent again
    13.075  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    13.075  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.080  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.080  helmo.be      . receipt from uhasselt.be: 0 delivered, 2 known
