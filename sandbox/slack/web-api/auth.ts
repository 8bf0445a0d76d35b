import type { Core } from '../core.ts';
import type { Obj } from '../json.ts';
import type { Methods } from './method.ts';

export const authMethods: Methods = {
  'auth.test': { scopes: [], args: [], perMinute: 600, answer: authTest },
  'team.info': { scopes: ['team:read'], args: ['team', 'domain'], perMinute: 50, answer: teamInfo },
};

function authTest(core: Core): Obj {
  const { team, bot } = core.state;
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

function teamInfo(core: Core): Obj {
  const { id, name, domain } = core.state.team;
  return { team: { id, name, domain, email_domain: '', icon: {} } };
}
