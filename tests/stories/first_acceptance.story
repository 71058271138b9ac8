# A nomination, an acceptance, a transcript: the ordinary course.
seed 7
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle within 1s
expect A pending at both
at 10s uhasselt.be accepts A
settle within 1s
expect A accepted at both
helmo.be amends A email
settle within 1s
expect A accepted at both
uhasselt.be issues A
settle within 1s
expect A transcript at both
expect same
--
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.000  uhasselt.be   > A: kept
    10.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    10.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    10.010  helmo.be      > A: kept
    10.015  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.020  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.020  uhasselt.be   > A: kept
    10.025  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    10.030  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
