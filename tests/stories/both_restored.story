# Both sides were restored: what neither holds is gone, what one holds comes to the other.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be backs up
helmo.be nominates B to uhasselt.be
uhasselt.be accepts A
settle
uhasselt.be backs up
helmo.be nominates C to uhasselt.be
uhasselt.be accepts B
settle
helmo.be restores
uhasselt.be restores
settle
expect A accepted at both
expect B pending at both
expect C empty at both
helmo.be amends A field
uhasselt.be accepts B
settle
expect A reopened at both
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
     0.035  helmo.be      > B: kept
     0.035  uhasselt.be   > A: kept
     0.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.045  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.045  helmo.be      > C: kept
     0.045  uhasselt.be   > B: kept
     0.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.065  helmo.be      . session to node.uhasselt.be opened
     0.065  uhasselt.be   . session to node.helmo.be opened
     0.070  uhasselt.be   . session from node.helmo.be is live
     0.070  helmo.be      . session from node.uhasselt.be is live
     0.085  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
     0.085  uhasselt.be   ! helmo.be lost 1 records that it had receipted: sent again, as it signed for
     0.085  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.090  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     0.105  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.110  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     0.115  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.115  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.120  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.120  helmo.be      > A: kept
     0.120  uhasselt.be   > B: kept
     0.125  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.125  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.130  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.130  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
