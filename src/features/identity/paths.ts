/** The addresses of signing in and out. */
export const paths = {
  signIn: '/connexion',
  signInDemo: '/connexion/demo',
  linkSent: '/connexion/envoye',
  useLink: (token: string) => `/connexion/lien?jeton=${encodeURIComponent(token)}`,
  linkTarget: '/connexion/lien',
  sessions: '/compte',
  revoke: (session: string) => `/compte/sessions/${session}/fin`,
  takeRole: '/compte/role',
  signOut: '/deconnexion',
  preferences: '/preferences',
  outbox: '/_outbox',
} as const;
