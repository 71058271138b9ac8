# What is heard cannot be answered: neither side takes that for a partner, and both keep what waits.
nodes helmo.be uhasselt.be
settle
block from uhasselt.be to helmo.be
helmo.be nominates A to uhasselt.be
uhasselt.be nominates B to helmo.be
run 10m
expect outbox 1 at helmo.be
expect outbox 1 at uhasselt.be
expect B pending at uhasselt.be
heal
settle within 20m
expect A pending at both
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
     0.025  uhasselt.be   > B: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.025  uhasselt.be   . helmo.be is silent about 1 records: sent again
     2.025  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.030  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     4.025  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
   767.733  uhasselt.be   . session to node.helmo.be opened
   767.738  helmo.be      . session from node.uhasselt.be is live
   767.748  helmo.be      . session to node.uhasselt.be opened
   767.753  uhasselt.be   . session from node.helmo.be is live
   767.758  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
   767.763  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
   767.763  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
   767.768  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
