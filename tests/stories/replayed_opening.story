# An opening that comes a second time opens nothing.
nodes helmo.be uhasselt.be
keep next opening from helmo.be to uhasselt.be
settle
expect sessions 1 at helmo.be
replay
run 1s
expect openings_refused 1 at uhasselt.be
expect sessions 1 at helmo.be
helmo.be nominates A to uhasselt.be
settle within 1s
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.025  helmo.be      > A: kept
     1.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
