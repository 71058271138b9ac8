# A clock that gains ten minutes a day is four hours ahead after a month, and nothing depends on it.
nodes helmo.be uhasselt.be
settle
helmo.be clock gains 10m a day
helmo.be nominates A to uhasselt.be
settle
run 30d
uhasselt.be accepts A
settle
helmo.be amends A email
settle
expect A accepted at both
expect order at uhasselt.be
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
2592000.035  uhasselt.be   > A: kept
2592000.045  uhasselt.be   . session to node.helmo.be opened
2592000.050  helmo.be      . session from node.uhasselt.be is live
2592000.060  helmo.be      . session to node.uhasselt.be opened
2592000.065  uhasselt.be   . session from node.helmo.be is live
2592000.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
2592000.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
2592000.075  helmo.be      > A: kept
2592000.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
2592000.085  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
