# The same request under the same key has one effect; another one under that key is refused.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be under key k1
helmo.be nominates A to uhasselt.be under key k1
helmo.be nominates B to uhasselt.be under key k1
settle
helmo.be stops
helmo.be starts
helmo.be nominates A to uhasselt.be under key k1
settle
expect records 1 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  helmo.be      > A: kept, as answered before
     0.025  helmo.be      > B: the same name or key was used with another content
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  helmo.be      > A: kept, as answered before
     0.045  helmo.be      . session to node.uhasselt.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.060  uhasselt.be   . session to node.helmo.be opened
     0.065  helmo.be      . session from node.uhasselt.be is live
