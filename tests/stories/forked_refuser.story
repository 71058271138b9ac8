# Whose own lane is forked cannot refuse there: it says so, and judges when it can.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
settle
uhasselt.be crafts A fork
settle
helmo.be crafts A contradicting
settle
expect records_refused 0 at uhasselt.be
expect A fork-of-other 1 at helmo.be
expect A records 4 at helmo.be
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
     0.055  uhasselt.be   . session to node.helmo.be opened
     0.060  helmo.be      . session from node.uhasselt.be is live
     0.070  helmo.be      . session to node.uhasselt.be opened
     0.075  uhasselt.be   . session from node.helmo.be is live
     0.075  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.080  helmo.be      ! uhasselt.be A: two records of uhasselt.be at one place: its lane stops there
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.095  helmo.be      . session to node.uhasselt.be opened
     0.100  uhasselt.be   . session from node.helmo.be is live
     0.110  uhasselt.be   . session to node.helmo.be opened
     0.115  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.115  helmo.be      . session from node.uhasselt.be is live
     0.120  uhasselt.be   ! helmo.be broke a rule where our own lane is forked or incomplete: not refused yet
     0.120  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.125  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
