# What waited in a backup was said before the restore: it comes back, and is not said again.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be stops
helmo.be stops
helmo.be starts
helmo.be nominates B to uhasselt.be
helmo.be amends A email
helmo.be backs up
uhasselt.be starts
settle
helmo.be restores
settle
expect ready 0 at helmo.be
expect A records 2 at uhasselt.be
expect B records 1 at uhasselt.be
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
     0.035  helmo.be      > B: kept, waits for the guard
     0.035  helmo.be      > A: kept, waits for the guard
     0.045  uhasselt.be   . session to node.helmo.be opened
     0.050  helmo.be      . session from node.uhasselt.be is live
     0.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.035  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     1.200  helmo.be      . session to node.uhasselt.be opened
     1.205  uhasselt.be   . session from node.helmo.be is live
     1.210  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.215  uhasselt.be   . records from helmo.be: 2 new, 0 repeated
     1.220  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     1.230  helmo.be      . session to node.uhasselt.be opened
     1.235  uhasselt.be   . session from node.helmo.be is live
     1.245  uhasselt.be   . session to node.helmo.be opened
     1.250  helmo.be      ! uhasselt.be holds 2 records of ours that are not here: asked back
     1.250  helmo.be      . session from node.uhasselt.be is live
     1.255  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     1.270  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.275  uhasselt.be   . records from helmo.be: 0 new, 2 repeated
     1.280  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
