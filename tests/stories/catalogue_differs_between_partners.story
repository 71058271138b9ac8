# One has read the new catalogue and the other has not: records pass, and each is told what to fetch.
nodes helmo.be uhasselt.be
settle
catalogue second is issued
helmo.be reads catalogue second
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
settle
expect A accepted at both
uhasselt.be reads catalogue second
settle
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > catalogue second: read
     0.025  helmo.be      > A: kept, waits for the guard
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.040  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
     0.045  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.050  uhasselt.be   . session to node.helmo.be opened
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . session from node.uhasselt.be is live
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.060  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
     0.065  uhasselt.be   > A: kept
     0.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.075  uhasselt.be   > catalogue second: read
     0.085  uhasselt.be   . session to node.helmo.be opened
     0.090  helmo.be      . session from node.uhasselt.be is live
     0.095  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.100  helmo.be      . session to node.uhasselt.be opened
     0.105  uhasselt.be   . session from node.helmo.be is live
