# One record under a seal is malformed: it alone is stuck, those beside it go again without it.
nodes helmo.be uhasselt.be
settle
uhasselt.be stops
helmo.be crafts X1..X4 spoilt to uhasselt.be
helmo.be nominates S1..S3 to uhasselt.be
drop next receipt from uhasselt.be to helmo.be
uhasselt.be starts
settle
expect stuck 1 at helmo.be
expect outbox 1 at helmo.be
expect X2..X4 pending at both
expect S1..S3 pending at both
expect records 6 at uhasselt.be
helmo.be stops
helmo.be starts
settle
helmo.be nominates S4 to uhasselt.be
settle within 1s
expect stuck 1 at helmo.be
expect S4 pending at both
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S3: 0 kept, 3 wait for the guard
     0.035  uhasselt.be   . session to node.helmo.be opened
     0.040  helmo.be      . session from node.uhasselt.be is live
     0.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
     1.025  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     1.173  helmo.be      . session to node.uhasselt.be opened
     1.178  uhasselt.be   . session from node.helmo.be is live
     1.193  helmo.be        uhasselt.be: write guard lifted, both hold the same
     1.198  uhasselt.be   ! helmo.be sent records that do not hold: not a well-formed message
     1.198  uhasselt.be   . records from helmo.be: 3 new, 0 repeated
     1.203  helmo.be      ! uhasselt.be could not take records of ours: not a well-formed message
     1.208  uhasselt.be   . records from helmo.be: 3 new, 0 repeated
     1.213  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
     3.213  helmo.be      . uhasselt.be is silent about 3 records: sent again
     3.218  uhasselt.be   . records from helmo.be: 0 new, 3 repeated
     3.223  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
     3.233  helmo.be      . session to node.uhasselt.be opened
     3.238  uhasselt.be   . session from node.helmo.be is live
     3.248  uhasselt.be   . session to node.helmo.be opened
     3.253  helmo.be        uhasselt.be: write guard lifted, both hold the same
     3.253  helmo.be      . session from node.uhasselt.be is live
     3.263  helmo.be      > S4: kept
     3.268  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     3.273  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
