# An older catalogue, however well signed, is not read where a newer one was.
nodes helmo.be uhasselt.be
settle
helmo.be gets a new signing key
the old keys of helmo.be are revoked
catalogue second is issued
all read catalogue second
settle
uhasselt.be reads catalogue first
helmo.be nominates A to uhasselt.be
settle
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
     0.025  uhasselt.be   > catalogue second: read
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.035  uhasselt.be   . session to node.helmo.be opened
     0.040  helmo.be      . session from node.uhasselt.be is live
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.045  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.050  uhasselt.be   > catalogue first: the catalogue is older than one that was read
     0.050  helmo.be      > A: kept
     0.055  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.060  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
