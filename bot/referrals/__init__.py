"""From "I need this" to "it helped": the directory of services, and what becomes of every referral to one."""
