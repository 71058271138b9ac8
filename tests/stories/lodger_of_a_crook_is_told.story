# Who lodges at a crook's node is told all the same what a restore did (found by seed 0x4e9c8ac330).
upjs.sk lodges at uhasselt.be
nodes lnu.se uhasselt.be upjs.sk unipi.it
come what may
lnu.se backs up
lnu.se nominates D3 to upjs.sk
uhasselt.be opens X2 named as D1 to unipi.it
at 31ms upjs.sk accepts D3
at 41ms lnu.se restores
settle within 1m
expect invariants
--
     0.000  lnu.se        > D3: kept, waits for the guard
     0.010  uhasselt.be   . session to node.unipi.it opened
     0.010  lnu.se        . session to node.unipi.it opened
     0.010  unipi.it      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.lnu.se opened
     0.010  unipi.it      . session to node.lnu.se opened
     0.010  lnu.se        . session to node.uhasselt.be opened
     0.015  lnu.se        . session from node.unipi.it is live
     0.015  lnu.se        . session from node.uhasselt.be is live
     0.015  unipi.it      . session from node.lnu.se is live
     0.015  uhasselt.be   . session from node.unipi.it is live
     0.015  uhasselt.be   . session from node.lnu.se is live
     0.015  unipi.it      . session from node.uhasselt.be is live
     0.020  unipi.it        uhasselt.be: write guard lifted, both hold the same
     0.020  unipi.it        lnu.se: write guard lifted, both hold the same
     0.020  uhasselt.be     unipi.it: write guard lifted, both hold the same
     0.020  lnu.se          unipi.it: write guard lifted, both hold the same
     0.020  lnu.se          uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     lnu.se: write guard lifted, both hold the same
     0.020  unipi.it        upjs.sk: write guard lifted, both hold the same
     0.020  lnu.se          upjs.sk: write guard lifted, both hold the same
     0.020  uhasselt.be     lnu.se: write guard lifted, both hold the same
     0.020  uhasselt.be     unipi.it: write guard lifted, both hold the same
     0.030  uhasselt.be   . records from lnu.se: 1 new, 0 repeated
     0.031  upjs.sk       > D3: kept
     0.035  lnu.se        . receipt from upjs.sk: 1 delivered, 0 known
     0.036  lnu.se        . records from upjs.sk: 1 new, 0 repeated
     0.041  uhasselt.be   . receipt from lnu.se: 1 delivered, 0 known
     0.051  lnu.se        . session to node.unipi.it opened
     0.051  lnu.se        . session to node.uhasselt.be opened
     0.056  uhasselt.be   . session from node.lnu.se is live
     0.056  unipi.it      . session from node.lnu.se is live
     0.061  lnu.se          unipi.it: write guard lifted, both hold the same
     0.061  lnu.se          uhasselt.be: write guard lifted, both hold the same
     0.066  unipi.it      . session to node.lnu.se opened
     0.066  uhasselt.be   . session to node.lnu.se opened
     0.071  lnu.se        . session from node.uhasselt.be is live
     0.071  lnu.se        ! upjs.sk holds 1 records of ours that are not here: asked back
     0.071  lnu.se        . session from node.unipi.it is live
     0.076  uhasselt.be   ! lnu.se lost records of its own and signed for them: given back
     0.086  uhasselt.be   ! lnu.se lost 1 records that it had receipted: sent again, as it signed for
     0.091  lnu.se          upjs.sk: write guard lifted, both hold the same
     0.096  uhasselt.be   . records from lnu.se: 0 new, 1 repeated
     0.101  lnu.se        . records from upjs.sk: 1 new, 0 repeated
     0.101  lnu.se        . receipt from upjs.sk: 1 delivered, 0 known
     0.106  uhasselt.be   . receipt from lnu.se: 1 delivered, 0 known
