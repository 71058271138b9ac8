# A receiver restored from an old backup gets again what it had receipted, by its signed word.
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S3 to uhasselt.be
settle
uhasselt.be backs up
helmo.be nominates S4..S9 to uhasselt.be
settle
uhasselt.be accepts S1..S9
settle
uhasselt.be restores
settle
expect S1..S9 accepted at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S3: 3 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
     0.035  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
     0.035  helmo.be      > S4..S9: 6 kept, 0 wait for the guard
     0.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (6 times)
     0.045  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
     0.045  uhasselt.be   > S1..S9: 9 kept, 0 wait for the guard
     0.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (9 times)
     0.055  uhasselt.be   . receipt from helmo.be: 9 delivered, 0 known
     0.065  uhasselt.be   . session to node.helmo.be opened
     0.070  helmo.be      . session from node.uhasselt.be is live
     0.080  helmo.be      . session to node.uhasselt.be opened
     0.085  uhasselt.be   . session from node.helmo.be is live
     0.085  uhasselt.be   ! helmo.be holds 9 records of ours that are not here: asked back
     0.090  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
     0.100  helmo.be      ! uhasselt.be lost 6 records that it had receipted: sent again, as it signed for
     0.105  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.110  helmo.be      . records from uhasselt.be: 0 new, 1 repeated (9 times)
     0.115  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.115  uhasselt.be   . receipt from helmo.be: 9 delivered, 0 known
     0.115  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (5 times)
     0.120  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
