# Who went back to a backup does not know yet how an agreement stands: its own records come back first, and
# what it saw of the partner's a moment later. What it nominates meanwhile its partner judges, who knows.
nodes helmo.be uhasselt.be
settle
helmo.be backs up
helmo.be proposes A to uhasselt.be with 1
settle
uhasselt.be declines terms of A
settle
helmo.be offers 2 in A
settle
helmo.be stops
helmo.be restores
helmo.be nominates P to uhasselt.be under agreement A
settle
expect A offered at both
expect P void at both
expect invariants
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
     0.045  helmo.be      > A: kept
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  helmo.be      > P: kept, waits for the guard
     0.065  helmo.be      . session to node.uhasselt.be opened
     0.070  uhasselt.be   . session from node.helmo.be is live
     0.080  uhasselt.be   . session to node.helmo.be opened
     0.085  helmo.be      . session from node.uhasselt.be is live
     0.085  helmo.be      ! uhasselt.be holds 2 records of ours that are not here: asked back
     0.090  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     0.100  uhasselt.be   ! helmo.be lost 1 records that it had receipted: sent again, as it signed for
     0.105  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.110  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
     0.110  uhasselt.be     helmo.be P: nomination refused: a field does not follow its rule (nomination.agreement_in_force)
     0.110  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.115  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.115  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (2 times)
     0.115  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.115  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.120  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
