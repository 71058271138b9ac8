# Two statements for one place in a lane: both are kept as evidence, that lane stops before them, and
# every other dossier goes on.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
helmo.be nominates B to uhasselt.be
settle
helmo.be amends A email
settle
helmo.be crafts A fork
settle within 1m
expect A fork-of-opener 1 at uhasselt.be
expect A records 3 at uhasselt.be
expect A folded 1 at uhasselt.be
uhasselt.be accepts B
settle
expect B accepted at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  helmo.be      > B: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     0.035  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     0.035  helmo.be      > A: kept
     0.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.045  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  helmo.be      . session to node.uhasselt.be opened
     0.060  uhasselt.be   . session from node.helmo.be is live
     0.070  uhasselt.be   . session to node.helmo.be opened
     0.075  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.075  helmo.be      . session from node.uhasselt.be is live
     0.080  uhasselt.be   ! helmo.be A: two records of helmo.be at one place: its lane stops there
     0.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.085  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.085  uhasselt.be   > B: kept
     0.090  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.095  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
