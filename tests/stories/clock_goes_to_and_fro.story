# A day ahead, a day back, and again: no frame is taken twice and none is lost for it.
nodes helmo.be uhasselt.be
settle
helmo.be clock 1d
helmo.be nominates A to uhasselt.be
settle within 2m
helmo.be clock -1d
uhasselt.be accepts A
settle within 2m
uhasselt.be clock 1d
helmo.be amends A email
settle within 2m
uhasselt.be clock -1d
helmo.be clock 0s
helmo.be nominates B to uhasselt.be
settle within 2m
expect A accepted at both
expect B pending at both
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
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.050  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  uhasselt.be   > A: kept
     0.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.065  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.065  helmo.be      > A: kept
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.075  helmo.be      > B: kept
     0.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.085  helmo.be      . session to node.uhasselt.be opened
     0.090  uhasselt.be   . session from node.helmo.be is live
     0.100  uhasselt.be   . session to node.helmo.be opened
     0.100  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     0.105  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.105  helmo.be      . session from node.uhasselt.be is live
