# Two copies of one node speak at one place of a lane before they hear of each other: both statements
# are kept, both sides are told, that lane stops, and every other dossier goes on.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
helmo.be nominates B to uhasselt.be
settle
helmo.be is started twice
run 1s
helmo.be amends A email
2nd.helmo.be amends A email
run 1m
2nd.helmo.be stops
run 30s
settle within 2m
expect A fork-of-opener 1 at helmo.be
expect A fork-of-opener 1 at uhasselt.be
expect A records 3 at uhasselt.be
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
     0.045  2nd.helmo.be  . session to node.uhasselt.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.055  2nd.helmo.be    uhasselt.be: write guard lifted, both hold the same
     0.060  uhasselt.be   . session to node.helmo.be opened
     0.065  helmo.be      . session from node.uhasselt.be is live
     1.035  helmo.be      > A: kept
     1.035  2nd.helmo.be  > A: kept
     1.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.045  2nd.helmo.be  . receipt from uhasselt.be: 1 delivered, 0 known
     3.035  helmo.be      . uhasselt.be is silent about 1 records: sent again
     3.065  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     3.281  helmo.be      . session to node.uhasselt.be opened
     3.286  uhasselt.be   . session from node.helmo.be is live
     3.301  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
     3.306  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     3.311  helmo.be      ! uhasselt.be A: two records of helmo.be at one place: its lane stops there
     3.336  uhasselt.be   ! helmo.be A: two records of helmo.be at one place: its lane stops there
     3.336  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.336  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     3.341  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
    19.045  2nd.helmo.be    node.uhasselt.be does not answer: kept, tried again by itself
    91.035  uhasselt.be   > B: kept
    91.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    91.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
