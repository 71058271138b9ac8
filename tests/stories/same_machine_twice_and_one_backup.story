# A copied machine runs beside the first one, which then goes back to an old backup: the partner has
# what both said, and gives it back.
nodes helmo.be uhasselt.be
settle
helmo.be backs up as monday
helmo.be nominates A to uhasselt.be
settle
helmo.be is started twice
run 1s
2nd.helmo.be nominates B to uhasselt.be
run 10s
2nd.helmo.be stops
helmo.be restores monday
settle within 2m
expect A pending at both
expect B pending at uhasselt.be
expect B pending at helmo.be
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
     0.045  2nd.helmo.be  . session to node.uhasselt.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.055  2nd.helmo.be    uhasselt.be: write guard lifted, both hold the same
     0.060  uhasselt.be   . session to node.helmo.be opened
     0.065  helmo.be      . session from node.uhasselt.be is live
     1.035  2nd.helmo.be  > B: kept
     1.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.045  2nd.helmo.be  . receipt from uhasselt.be: 1 delivered, 0 known
     3.065  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     3.213  helmo.be      . session to node.uhasselt.be opened
     3.218  uhasselt.be   . session from node.helmo.be is live
     3.233  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
     3.238  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     3.258  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     3.263  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    11.045  helmo.be      . session to node.uhasselt.be opened
    11.050  uhasselt.be   . session from node.helmo.be is live
    11.060  uhasselt.be   . session to node.helmo.be opened
    11.065  helmo.be      . session from node.uhasselt.be is live
    11.065  helmo.be      ! uhasselt.be holds 2 records of ours that are not here: asked back
    11.070  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
    11.085  helmo.be        uhasselt.be: write guard lifted, both hold the same
    11.090  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
    11.095  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
