# A refusal comes back after a restore, the receipt of what it refuses never arrived: no second one.
nodes helmo.be uhasselt.be
settle
uhasselt.be backs up
drop every receipt from uhasselt.be to helmo.be
helmo.be crafts A contradicting to uhasselt.be
run 1s
expect A void at both
uhasselt.be stops
drop nothing
uhasselt.be restores
settle
expect A void at both
expect A records 2 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.050  uhasselt.be   . session to node.helmo.be opened
     0.055  helmo.be      . session from node.uhasselt.be is live
     0.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.060  uhasselt.be     helmo.be A: nomination refused: the body says something else than its claim (record.claim)
     0.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.065  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.070  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     1.035  uhasselt.be   . session to node.helmo.be opened
     1.040  helmo.be      . session from node.uhasselt.be is live
     1.050  helmo.be      . session to node.uhasselt.be opened
     1.055  uhasselt.be   . session from node.helmo.be is live
     1.055  uhasselt.be   ! helmo.be holds 1 records of ours that are not here: asked back
     1.060  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
     1.075  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.080  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
     1.085  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     1.090  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
