# Keys overlap: what the old one sealed stays proved, and what is said from now on the new one seals.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be gets a new signing key
the old keys of helmo.be end
catalogue second is issued
all read catalogue second
settle
helmo.be nominates B to uhasselt.be
helmo.be amends A email
settle
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
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  helmo.be      > catalogue second: read
     0.035  uhasselt.be   > catalogue second: read
     0.045  helmo.be      . session to node.uhasselt.be opened
     0.045  uhasselt.be   . session to node.helmo.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.050  helmo.be      . session from node.uhasselt.be is live
     0.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.060  helmo.be      > B: kept
     0.060  helmo.be      > A: kept
     0.065  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     0.070  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
