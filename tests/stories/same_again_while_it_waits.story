# What is asked twice while the guard waits is said once: at the second's turn it stands already, and
# nobody has lost anything.
nodes auth.gr lnu.se
settle
lnu.se nominates A to auth.gr
settle
lnu.se stops
auth.gr stops
auth.gr starts
auth.gr accepts A
auth.gr says A arrived on 2027-02-03
auth.gr says A arrived on 2027-02-03
expect ready 3 at auth.gr
lnu.se starts
settle
expect ready 0 at auth.gr
expect records 3 at lnu.se
expect same
expect invariants
--
     0.010  lnu.se        . session to node.auth.gr opened
     0.010  auth.gr       . session to node.lnu.se opened
     0.015  lnu.se        . session from node.auth.gr is live
     0.015  auth.gr       . session from node.lnu.se is live
     0.020  auth.gr         lnu.se: write guard lifted, both hold the same
     0.020  lnu.se          auth.gr: write guard lifted, both hold the same
     0.025  lnu.se        > A: kept
     0.030  auth.gr       . records from lnu.se: 1 new, 0 repeated
     0.035  lnu.se        . receipt from auth.gr: 1 delivered, 0 known
     0.035  auth.gr       > A: kept, waits for the guard (3 times)
     0.045  lnu.se        . session to node.auth.gr opened
     0.050  auth.gr       . session from node.lnu.se is live
     0.055  lnu.se          auth.gr: write guard lifted, both hold the same
     1.035  auth.gr         node.lnu.se cannot be reached: kept, tried again by itself
     1.247  auth.gr       . session to node.lnu.se opened
     1.252  lnu.se        . session from node.auth.gr is live
     1.257  auth.gr         lnu.se: write guard lifted, both hold the same
     1.262  lnu.se        . records from auth.gr: 2 new, 0 repeated
     1.267  auth.gr       . receipt from lnu.se: 2 delivered, 0 known
