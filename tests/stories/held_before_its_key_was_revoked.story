# A node without a key in force holds a record and cannot receipt it. When it can, its catalogue says
# that the record's key was revoked, of which its author has not read: what was held before counts.
nodes lnu.se helmo.be
at 10ms lnu.se clock -2d
helmo.be nominates A to lnu.se
helmo.be gets a new signing key
the old keys of helmo.be are revoked
at 31ms all heal
catalogue whole is issued
lnu.se reads catalogue whole
settle within 1m
expect outbox 0 at helmo.be
expect A pending at both
expect invariants
--
     0.010  lnu.se        . session to node.helmo.be opened
     0.010  helmo.be      . session to node.lnu.se opened
     0.010  helmo.be      > A: kept, waits for the guard
     0.010  lnu.se        ! no key of lnu.se is in force at this node's time: nothing is signed for it
     0.015  lnu.se        . session from node.helmo.be is live
     0.015  helmo.be      . session from node.lnu.se is live
     0.020  helmo.be        lnu.se: write guard lifted, both hold the same
     0.020  lnu.se          helmo.be: write guard lifted, both hold the same
     0.030  lnu.se        . records from helmo.be: 1 new, 0 repeated
     0.031  lnu.se        > catalogue whole: read
     0.041  lnu.se        . session to node.helmo.be opened
     0.046  helmo.be      . session from node.lnu.se is live
     0.046  helmo.be      ! node.lnu.se knows catalogue 2, this node 1: fetch the newest
     0.051  lnu.se          helmo.be: write guard lifted, both hold the same
     0.056  helmo.be      . session to node.lnu.se opened
     0.061  lnu.se        . session from node.helmo.be is live
     0.066  helmo.be      ! node.lnu.se knows catalogue 2, this node 1: fetch the newest
     0.071  lnu.se        . records from helmo.be: 0 new, 1 repeated
     0.076  helmo.be      . receipt from lnu.se: 1 delivered, 0 known
