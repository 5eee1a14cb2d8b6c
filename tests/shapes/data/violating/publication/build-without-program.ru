# A build that no program did.
# expect: Build <build> prov:wasAssociatedWith Violation

DELETE WHERE { <build> prov:wasAssociatedWith ?old }
