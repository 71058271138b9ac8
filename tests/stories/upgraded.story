# What an older version took without understanding it is judged by a newer one, and may be rubbish.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be plants A malformed
settle
expect records_refused 0 at uhasselt.be
helmo.be withdraws A
settle
expect records_refused 1 at uhasselt.be
expect A withdrawn at both
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
     0.045  helmo.be      . session to node.uhasselt.be opened
     0.045  uhasselt.be   . session to node.helmo.be opened
     0.050  uhasselt.be   . session from node.helmo.be is live
     0.050  helmo.be      . session from node.uhasselt.be is live
     0.055  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.055  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.065  uhasselt.be   ! helmo.be sent records that do not hold: not a well-formed message
     0.070  helmo.be      ! uhasselt.be could not take records of ours: not a well-formed message
     0.070  helmo.be      > A: kept
     0.075  uhasselt.be     helmo.be A: amendment refused: not a well-formed message (record.body)
     0.075  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.080  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
