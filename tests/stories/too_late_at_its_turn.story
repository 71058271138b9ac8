# What waits for the guard is judged at its turn: what its dossier no longer allows is kept with the
# reason, and a person is told.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be stops
helmo.be stops
helmo.be starts
helmo.be withdraws A
helmo.be amends A field
expect ready 2 at helmo.be
uhasselt.be starts
settle
expect A withdrawn at both
expect A records 2 at uhasselt.be
expect ready 0 at helmo.be
expect invariants
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
     0.035  helmo.be      > A: kept, waits for the guard (2 times)
     0.045  uhasselt.be   . session to node.helmo.be opened
     0.050  helmo.be      . session from node.uhasselt.be is live
     0.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.035  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     1.200  helmo.be      . session to node.uhasselt.be opened
     1.205  uhasselt.be   . session from node.helmo.be is live
     1.210  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.210  helmo.be      ! a submission for uhasselt.be can no longer be sent: the dossier's state does not allow this
     1.215  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.220  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
