# Who can no longer be dialled is waited for: it calls, and takes what there is for it.
nodes helmo.be uhasselt.be
settle
the authority strikes uhasselt.be
catalogue second is issued
uhasselt.be stops
helmo.be reads catalogue second
helmo.be nominates A to uhasselt.be
run 10m
expect ready 1 at helmo.be
uhasselt.be reads catalogue second
uhasselt.be starts
settle within 10m
expect A pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > catalogue second: read
     0.025  helmo.be      > A: kept, waits for the guard
   600.025  uhasselt.be   > catalogue second: read
   600.035  uhasselt.be   . session to node.helmo.be opened
   600.040  helmo.be      . session from node.uhasselt.be is live
   600.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
   600.050  helmo.be        uhasselt.be: write guard lifted, both hold the same
   600.055  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   600.060  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
