# Two records of one author at one place: both are kept, its lane stops there, the other goes on.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
helmo.be amends A email
settle
helmo.be crafts A fork
settle
expect A fork-of-opener 1 at helmo.be
expect A fork-of-opener 1 at uhasselt.be
expect A records 3 at uhasselt.be
expect A pending at both
helmo.be amends A email
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
     0.025  helmo.be      > A: kept (2 times)
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     0.035  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     0.045  helmo.be      . session to node.uhasselt.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.060  uhasselt.be   . session to node.helmo.be opened
     0.065  helmo.be      . session from node.uhasselt.be is live
     0.065  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.070  uhasselt.be   ! helmo.be A: two records of helmo.be at one place: its lane stops there
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.075  helmo.be      > A: not possible just now
     0.075  uhasselt.be   > A: kept
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
