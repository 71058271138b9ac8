# A machine that wakes up in 1970 signs nothing, since no key is in force then; it says so, keeps what
# it is told, and goes on once its clock is right.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be clock at 1970-01-01
run 1m
uhasselt.be accepts A
run 1m
helmo.be clock 0s
settle within 2m
helmo.be nominates B to uhasselt.be
settle within 2m
expect A accepted at both
expect B pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  helmo.be      ! no key of helmo.be is in force at this node's time: nothing is signed for it
    60.035  uhasselt.be   > A: kept
    60.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    62.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
    62.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    66.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
    66.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    74.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
    74.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    90.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
    90.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   122.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
   122.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   122.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
   122.055  helmo.be      > B: kept
   122.065  helmo.be      . session to node.uhasselt.be opened
   122.070  uhasselt.be   . session from node.helmo.be is live
   122.090  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   122.095  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
