# What a restored node signs with a key that is not in force for its partner's clock yet gives nothing
# back, and accuses nobody: it asks again until the clocks agree.
nodes helmo.be uhasselt.be
settle
helmo.be backs up
helmo.be nominates A to uhasselt.be
settle
uhasselt.be clock -5s
helmo.be gets a new signing key
catalogue second is issued
all read catalogue second
helmo.be restores
run 5s
expect armed 1 at helmo.be
run 10s
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
     0.035  helmo.be      > catalogue second: read
     0.035  uhasselt.be   > catalogue second: read
     0.045  helmo.be      . session to node.uhasselt.be opened
     0.045  uhasselt.be   . session to node.helmo.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.050  helmo.be      . session from node.uhasselt.be is live
     0.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.065  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
     2.085  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
     4.105  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
     6.125  helmo.be      ! uhasselt.be holds 1 records of ours that are not here: asked back
     6.130  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
     6.145  helmo.be        uhasselt.be: write guard lifted, both hold the same
     6.150  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     6.155  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
