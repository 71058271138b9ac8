# The disk refuses a commit: nothing goes, and the node heals by itself.
nodes helmo.be uhasselt.be
settle
uhasselt.be cannot commit deliver
helmo.be nominates A to uhasselt.be
settle
helmo.be cannot commit submission
helmo.be nominates B to uhasselt.be
settle
helmo.be nominates B to uhasselt.be
settle
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
     0.030  uhasselt.be   ! the disk is full: nothing new can be stored
     0.040  uhasselt.be   . session to node.helmo.be opened
     0.045  helmo.be      . session from node.uhasselt.be is live
     0.050  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.055  helmo.be      . session to node.uhasselt.be opened
     0.060  uhasselt.be   . session from node.helmo.be is live
     0.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.085  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.085  helmo.be      ! the disk is full: nothing new can be stored
     0.085  helmo.be      > B: no answer
     0.095  helmo.be      . session to node.uhasselt.be opened
     0.100  uhasselt.be   . session from node.helmo.be is live
     0.105  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.110  uhasselt.be   . session to node.helmo.be opened
     0.115  helmo.be      . session from node.uhasselt.be is live
     0.125  helmo.be      > B: kept
     0.130  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.135  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
