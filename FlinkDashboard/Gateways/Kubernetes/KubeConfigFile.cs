using k8s;
using k8s.KubeConfigModels;
using YamlDotNet.RepresentationModel;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Reads a kubeconfig through the client package and says in words what is wrong with it.</summary>
internal static class KubeConfigFile
{
    /// <summary>The client configuration, the context's name, and the cluster's <c>proxy-url</c>.</summary>
    /// <param name="paths">One file, or several separated as in KUBECONFIG.</param>
    /// <param name="context">Context; null is the current one.</param>
    public static (KubernetesClientConfiguration, string, Uri?) Load(string paths, string? context)
    {
        var config = Read(paths);
        var name = context ?? config.CurrentContext;
        if (string.IsNullOrEmpty(name))
            throw ClusterConnector.Fault($"kubeconfig {paths} has no current context; set Cluster:Context to one of: {Names(config)}.");
        var chosen = config.Contexts?.FirstOrDefault(c => c.Name == name)?.ContextDetails
            ?? throw ClusterConnector.Fault($"kubeconfig {paths} has no context \"{name}\"; it has: {Names(config)}.");
        if (config.Clusters?.FirstOrDefault(c => c.Name == chosen.Cluster)?.ClusterEndpoint is not { Server.Length: > 0 })
            throw ClusterConnector.Fault($"kubeconfig {paths}, context \"{name}\": cluster \"{chosen.Cluster}\" is missing or has no server.");
        var user = config.Users?.FirstOrDefault(u => u.Name == chosen.User)?.UserCredentials;
        if (user is null && !string.IsNullOrEmpty(chosen.User))
            throw ClusterConnector.Fault($"kubeconfig {paths}, context \"{name}\": user \"{chosen.User}\" is missing.");
        return Build(paths, config, name, chosen, user?.ExternalExecution);
    }

    private static (KubernetesClientConfiguration, string, Uri?) Build(string paths, K8SConfiguration config, string name, ContextDetails chosen, ExternalExecution? exec)
    {
        KubernetesClientConfiguration.ExecTimeout = TimeSpan.FromSeconds(30);
        try
        {
            var tokenFile = Entry(paths, "users", chosen.User, "user", "tokenFile");
            if (tokenFile is not null && config.Users.First(u => u.Name == chosen.User).UserCredentials is { } credentials)
                credentials.Token = File.ReadAllText(tokenFile).Trim(); // the package refuses a user without credentials it knows
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(config, name);
            if (tokenFile is not null)
                (configuration.AccessToken, configuration.TokenProvider) = (null, new k8s.Authentication.TokenFileAuth(tokenFile));
            return (configuration, name, Entry(paths, "clusters", chosen.Cluster, "cluster", "proxy-url") is { } proxy ? new Uri(proxy) : null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var deepest = e.GetBaseException().Message.Trim();
            throw ClusterConnector.Fault(exec is null
                ? $"kubeconfig {paths}, context \"{name}\": {deepest}"
                : $"kubeconfig {paths}, context \"{name}\": the program \"{exec.Command}\" gave no credentials: {deepest}{(exec.InstallHint is { Length: > 0 } hint ? " " + hint.Trim() : "")}", e);
        }
    }

    private static K8SConfiguration Read(string paths)
    {
        K8SConfiguration? all = null;
        foreach (var path in Split(paths))
        {
            if (!File.Exists(path))
                throw ClusterConnector.Fault($"kubeconfig {path} does not exist.");
            K8SConfiguration one;
            try
            {
                one = KubernetesClientConfiguration.LoadKubeConfig(new FileInfo(path));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw ClusterConnector.Fault($"kubeconfig {path} cannot be read: {e.GetBaseException().Message}", e);
            }
            all = all is null ? one : Merge(all, one);
        }
        return all ?? throw ClusterConnector.Fault("no kubeconfig file is named.");
    }

    // As kubectl merges: the first file that has a name wins.
    private static K8SConfiguration Merge(K8SConfiguration first, K8SConfiguration then)
    {
        first.CurrentContext = string.IsNullOrEmpty(first.CurrentContext) ? then.CurrentContext : first.CurrentContext;
        first.Contexts = (first.Contexts ?? []).Concat(then.Contexts ?? []).DistinctBy(c => c.Name).ToList();
        first.Clusters = (first.Clusters ?? []).Concat(then.Clusters ?? []).DistinctBy(c => c.Name).ToList();
        first.Users = (first.Users ?? []).Concat(then.Users ?? []).DistinctBy(u => u.Name).ToList();
        return first;
    }

    // The client package does not read these two keys.
    private static string? Entry(string paths, string list, string? name, string inner, string key)
    {
        foreach (var path in Split(paths))
        {
            using var reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.FirstOrDefault()?.RootNode is not YamlMappingNode root || Child(root, list) is not YamlSequenceNode entries)
                continue;
            foreach (var entry in entries.OfType<YamlMappingNode>().Where(e => Child(e, "name") is YamlScalarNode n && n.Value == name))
                return Child(entry, inner) is YamlMappingNode map && Child(map, key) is YamlScalarNode { Value.Length: > 0 } value ? value.Value : null;
        }
        return null;
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static IEnumerable<string> Split(string paths) => paths.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static string Names(K8SConfiguration config) =>
        config.Contexts?.Any() == true ? string.Join(", ", config.Contexts.Select(c => c.Name)) : "none";
}
