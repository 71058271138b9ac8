# Back to Tuesday, then to Monday, then to Wednesday, and each time work goes on where it was.
nodes helmo.be uhasselt.be
settle
helmo.be backs up as monday
helmo.be nominates A to uhasselt.be
settle
helmo.be backs up as tuesday
uhasselt.be accepts A
settle
helmo.be backs up as wednesday
helmo.be restores tuesday
settle within 1m
helmo.be amends A email
settle
helmo.be restores monday
settle within 1m
helmo.be nominates B to uhasselt.be
settle
helmo.be restores wednesday
settle within 1m
uhasselt.be accepts B
settle
expect A accepted at both
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
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.055  helmo.be      . session to node.uhasselt.be opened
     0.060  uhasselt.be   . session from node.helmo.be is live
     0.065  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.070  uhasselt.be   . session to node.helmo.be opened
     0.075  helmo.be      . session from node.uhasselt.be is live
     0.090  uhasselt.be   ! helmo.be lost 1 records that it had receipted: sent again, as it signed for
     0.095  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.100  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.100  helmo.be      > A: kept
     0.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.110  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.120  helmo.be      . session to node.uhasselt.be opened
     0.125  uhasselt.be   . session from node.helmo.be is live
     0.135  uhasselt.be   . session to node.helmo.be opened
     0.140  helmo.be      . session from node.uhasselt.be is live
     0.140  helmo.be      ! uhasselt.be holds 2 records of ours that are not here: asked back
     0.145  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     0.155  uhasselt.be   ! helmo.be lost 1 records that it had receipted: sent again, as it signed for
     0.160  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.165  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
     0.170  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.170  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
     0.175  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.175  helmo.be      > B: kept
     0.180  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.185  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.195  helmo.be      . session to node.uhasselt.be opened
     0.200  uhasselt.be   . session from node.helmo.be is live
     0.210  uhasselt.be   . session to node.helmo.be opened
     0.215  helmo.be      ! uhasselt.be holds 2 records of ours that are not here: asked back
     0.215  helmo.be      . session from node.uhasselt.be is live
     0.220  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     0.235  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.240  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
     0.245  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
     0.245  uhasselt.be   > B: kept
     0.250  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.255  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
