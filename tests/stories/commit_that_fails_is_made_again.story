# The disk refuses one commit in the middle of an exchange: rolled back, opened again, and on it goes.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be cannot make commit number 1
helmo.be nominates B to uhasselt.be
settle within 30s
helmo.be cannot make commit number 2
uhasselt.be accepts A
settle within 30s
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
     0.035  helmo.be      > B: kept
     0.040  uhasselt.be   ! the disk is full: nothing new can be stored
     0.140  uhasselt.be     the node works again
     0.150  uhasselt.be   . session to node.helmo.be opened
     0.155  helmo.be      . session from node.uhasselt.be is live
     0.160  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.165  helmo.be      . session to node.uhasselt.be opened
     0.170  uhasselt.be   . session from node.helmo.be is live
     0.190  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.195  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.195  uhasselt.be   > A: kept
     0.200  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.205  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
