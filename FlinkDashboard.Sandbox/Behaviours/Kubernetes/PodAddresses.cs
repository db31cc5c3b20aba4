namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Hands out pod addresses from the subnet of the pod's node, as the VPC network plug-in does, and takes them back.</summary>
internal sealed class PodAddresses
{
    private readonly HashSet<string> _used = [];
    private readonly Dictionary<string, int> _next = [];

    /// <summary>This address is taken: a node's, or that of a pod that ran before the world began.</summary>
    public void Reserve(string ip) => _used.Add(ip);

    /// <summary>A free address near the host's.</summary>
    public string Take(string hostIp)
    {
        var parts = hostIp.Split('.');
        var third = int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture);
        for (var subnet = 0; subnet < 256; subnet++)
        {
            var prefix = $"{parts[0]}.{parts[1]}.{(third + subnet) % 256}.";
            for (var tries = 0; tries < 200; tries++)
            {
                var last = _next[prefix] = (_next.GetValueOrDefault(prefix, 56) % 250) + 1;
                if (last > 3 && _used.Add(prefix + last))
                    return prefix + last;
            }
        }
        throw new InvalidOperationException($"No free pod address near {hostIp}");
    }

    /// <summary>The pod has ended.</summary>
    public void Release(string ip) => _used.Remove(ip);
}
