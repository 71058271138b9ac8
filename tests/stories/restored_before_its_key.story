# A restored node whose clock is behind has no key in force yet, and can sign for nothing. It asks for
# nothing back either, and nobody is accused; once the clock is right its records come.
nodes helmo.be uhasselt.be
settle
helmo.be backs up
helmo.be nominates A to uhasselt.be
settle
run 10m
helmo.be gets a new signing key
the old keys of helmo.be are revoked
catalogue second is issued
all read catalogue second
settle
helmo.be clock -5m
helmo.be restores
run 3m
expect armed 1 at helmo.be
helmo.be clock 0s
run 2m
expect A pending at both
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
   600.035  helmo.be      > catalogue second: read
   600.035  uhasselt.be   > catalogue second: read
   600.045  uhasselt.be   . session to node.helmo.be opened
   600.045  helmo.be      . session to node.uhasselt.be opened
   600.050  uhasselt.be   . session from node.helmo.be is live
   600.050  helmo.be      . session from node.uhasselt.be is live
   600.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
   600.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
   600.070  helmo.be        node.uhasselt.be knows a later opening counter of ours: jumped above it
   600.080  helmo.be      . session to node.uhasselt.be opened
   600.085  uhasselt.be   . session from node.helmo.be is live
   600.095  uhasselt.be   . session to node.helmo.be opened
   600.100  helmo.be      . session from node.uhasselt.be is live
   780.080  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
   780.085  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
   780.100  helmo.be        uhasselt.be: write guard lifted, both hold the same
   780.100  helmo.be        uhasselt.be: 1 records sealed anew, for the key of their seal does not count any more
   780.105  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
   780.110  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
