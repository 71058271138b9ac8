# The last second of the twenty-ninth of February is followed by March, and nothing is noticed.
nodes helmo.be uhasselt.be
every clock at 2028-02-29T23:59:30
settle within 2m
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
settle
run 1m
helmo.be amends A email
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
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    60.045  helmo.be      > A: kept
    60.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    60.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
