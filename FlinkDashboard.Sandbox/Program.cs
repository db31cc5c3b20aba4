using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox;

/// <summary>Runs the sandbox cluster alone, for kubectl and other clients.</summary>
public static class Program
{
    /// <summary>Starts the cluster, prints how to reach it and waits for Ctrl+C.</summary>
    /// <param name="args"><c>--world busy --seed 1 --speed 1 --port 8001 --https-port 8443 --prometheus-port 9090 --real-flink NS/NAME=http://127.0.0.1:PORT</c>, all optional.</param>
    public static async Task<int> Main(string[] args)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        var defaults = new SandboxOptions();
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c =>
        {
            c.Cancel = true;
            stop.Cancel();
        });
        SandboxCluster cluster;
        try
        {
            cluster = await SandboxCluster.StartAsync(defaults with
            {
                World = settings["world"] ?? defaults.World,
                Seed = settings.GetValue("seed", defaults.Seed),
                Speed = settings.GetValue("speed", defaults.Speed),
                RealFlink = settings["real-flink"],
                Port = settings.GetValue("port", defaults.Port),
                PrometheusPort = settings.GetValue("prometheus-port", defaults.PrometheusPort),
                HttpsPort = settings.GetValue("https-port", 0),
            }, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
        await using (cluster.ConfigureAwait(false))
            await ServeAsync(cluster, stop.Token).ConfigureAwait(false);
        return 0;
    }

    private static async Task ServeAsync(SandboxCluster cluster, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("flink-dashboard-sandbox-");
        try
        {
            var path = Path.Combine(folder.FullName, "kubeconfig");
            KubeConfigFile.Write(cluster, path);
            Console.WriteLine($"""
                Kubernetes API  {cluster.Address.ToString().TrimEnd('/')}   (no token: admin)
                                {cluster.SecureAddress!.ToString().TrimEnd('/')}  (bearer tokens: {string.Join(", ", KubeConfigFile.Tokens)})
                S3              {cluster.S3Address.ToString().TrimEnd('/')}   (key {AwsKey.Admin.Id}, secret {AwsKey.Admin.Secret}, region {AwsAccount.Region})
                Prometheus      {cluster.PrometheusAddress.ToString().TrimEnd('/')}
                CloudWatch Logs {cluster.LogsAddress.ToString().TrimEnd('/')}   (the same)
                kubeconfig      {path}

                kubectl --kubeconfig {path} get nodes
                kubectl --kubeconfig {path} --context team-a get pods --namespace flink-team-a-ns
                """);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
