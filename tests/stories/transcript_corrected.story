# A second transcript replaces the first one, and a third the second.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
settle
uhasselt.be issues A
settle
uhasselt.be issues A
uhasselt.be issues A
settle
expect A transcript at both
expect A transcript 3 at helmo.be
uhasselt.be says A departed on 2027-06-30
settle
expect A transcript at both
expect A departure 4 at helmo.be
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
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.045  uhasselt.be   > A: kept
     0.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.055  uhasselt.be   > A: kept (2 times)
     0.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.065  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     0.065  uhasselt.be   > A: kept
     0.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
