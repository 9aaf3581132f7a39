import { toPage } from '@/lib/core/schema';
import { operation } from '@/lib/kernel/operation';
import { ByType, ListProviders, Provider, ProviderPage } from './schema';
import { getProvider } from './service';

export const listProviders = operation({
  name: 'provider.list',
  summary: 'List the automation products that can be connected',
  input: ListProviders,
  output: ProviderPage,
  status: 200,
  permission: 'provider:read',
  effect: 'read',
  async run({ ports }, query) {
    const { page, pageSize, sort } = query;
    const wanted = query.search?.toLowerCase() ?? '';
    const found = [...ports.providers.values()]
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .sort((a, b) => a.name.localeCompare(b.name) * (sort.startsWith('-') ? -1 : 1))
      .map((kind) => ({ ...kind, capabilities: [...kind.capabilities] }));
    return toPage(found.slice((page - 1) * pageSize, page * pageSize), found.length, query);
  },
});

export const getOneProvider = operation({
  name: 'provider.get',
  summary: 'Get one automation product',
  input: ByType,
  output: Provider,
  status: 200,
  permission: 'provider:read',
  effect: 'read',
  async run({ ports }, { type }) {
    const kind = getProvider(ports, type);
    return { ...kind, capabilities: [...kind.capabilities] };
  },
});
