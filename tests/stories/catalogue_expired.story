# A month without a new catalogue stops nobody who knows the other.
nodes helmo.be uhasselt.be
settle
run 30d
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
settle
expect A accepted at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
2592000.025  helmo.be      > A: kept
2592000.035  helmo.be      . session to node.uhasselt.be opened
2592000.040  uhasselt.be   . session from node.helmo.be is live
2592000.050  uhasselt.be   . session to node.helmo.be opened
2592000.055  helmo.be      . session from node.uhasselt.be is live
2592000.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
2592000.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
2592000.065  uhasselt.be   > A: kept
2592000.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
2592000.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
