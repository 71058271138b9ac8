# What was judged and accepted before a restore is never judged again: its own receipt proves it.
nodes helmo.be uhasselt.be
settle
uhasselt.be backs up
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
settle
uhasselt.be restores
settle
expect A accepted at both
expect records_refused 0 at uhasselt.be
expect recovered 2 at uhasselt.be
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
     0.055  uhasselt.be   . session to node.helmo.be opened
     0.060  helmo.be      . session from node.uhasselt.be is live
     0.070  helmo.be      . session to node.uhasselt.be opened
     0.075  uhasselt.be   . session from node.helmo.be is live
     0.075  uhasselt.be   ! helmo.be holds 1 records of ours that are not here: asked back
     0.080  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
     0.090  helmo.be      ! uhasselt.be lost 1 records that it had receipted: sent again, as it signed for
     0.095  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.100  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
     0.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.105  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.110  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
