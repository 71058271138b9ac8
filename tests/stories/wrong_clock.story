# A clock so wrong that no key is in force: nothing is signed, nothing is lost, it heals by itself.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be clock -3d
run 2m
helmo.be amends A email
uhasselt.be accepts A
run 2m
expect outbox 1 at uhasselt.be
helmo.be clock 0s
run 2m
settle
expect A accepted at both
helmo.be amends A email
settle
expect A revision 1 at uhasselt.be
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
   120.035  helmo.be      > A: not possible just now
   120.035  uhasselt.be   > A: kept
   120.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
   122.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
   122.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   126.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
   126.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   134.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
   134.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   150.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
   150.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   182.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
   182.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   214.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
   214.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   246.045  uhasselt.be   . helmo.be is silent about 1 records: sent again
   246.050  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
   246.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
   360.035  helmo.be      > A: kept
   360.045  helmo.be      . session to node.uhasselt.be opened
   360.050  uhasselt.be   . session from node.helmo.be is live
   360.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   360.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
