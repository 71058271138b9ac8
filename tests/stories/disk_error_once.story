# One write that fails is one group that is made again.
stores on disk
nodes helmo.be uhasselt.be
settle
uhasselt.be disk breaks at write number 1
helmo.be nominates A to uhasselt.be
settle within 1m
expect A pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   ! the database could not be read or written
     0.130  uhasselt.be     the node works again
     0.140  uhasselt.be   . session to node.helmo.be opened
     0.145  helmo.be      . session from node.uhasselt.be is live
     0.150  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.155  helmo.be      . session to node.uhasselt.be opened
     0.160  uhasselt.be   . session from node.helmo.be is live
     0.180  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.185  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
