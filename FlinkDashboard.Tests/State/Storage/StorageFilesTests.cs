using System.IO.Compression;
using System.Text;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Model.Storage;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.State.Storage;

/// <summary>What is shared by all viewers, over the sandbox's S3.</summary>
public class StorageFilesTests
{
    [Fact]
    public async Task Listing_IsShared_AndOldOneStaysWhenAskingFails()
    {
        await using var stage = await StorageStage.StartAsync();
        stage.Put("d/1", 5);
        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.Files.ListAsync(StorageStage.At("d/"), null, false, default)));
        Assert.All(asked, a => Assert.Equal("d/1", Assert.Single(a.Value!.Objects).Address.Key));
        Assert.Equal(1, stage.Api.Requests);
        stage.Cluster.S3Faults.FailNext(100);
        var again = await stage.Files.ListAsync(StorageStage.At("d/"), null, true, default);
        Assert.Equal(asked[0].At, again.At);
        Assert.NotNull(again.Failure);
        Assert.Single(again.Value!.Objects);
    }

    [Fact]
    public async Task Outside_OfTheLocations_NothingIsAsked()
    {
        await using var stage = await StorageStage.StartAsync(null, $"s3://{AwsAccount.Bucket}/jobs", "s3://bucket/jobs");
        stage.Put("jobs-old/a", 1);
        foreach (var place in StoragePathTests.Bad.Select(StorageAddress.Of).OfType<StorageAddress>().Append(StorageStage.At("jobs-old/a")))
        {
            Assert.NotNull((await stage.Files.HeadAsync(place, default)).Failure);
            if (place.Folder.Key != "jobs/")
                Assert.NotNull((await stage.Files.ListAsync(place.Folder, null, true, default)).Failure);
            Assert.NotNull((await stage.Files.OpenAsync(place, default)).Failure);
        }
        Assert.Equal(0, stage.Api.Requests);
    }

    [Fact]
    public async Task Folder_IsMeasured()
    {
        await using var stage = await StorageStage.StartAsync();
        stage.Put("s/savepoint-1/_metadata", 5);
        stage.Put("s/savepoint-1/x", 7);
        stage.Put("s/savepoint-2/x", 7);
        var size = (await stage.Files.MeasureAsync(StorageStage.At("s/savepoint-1/"), default)).Value!;
        Assert.Equal((12L, 2L, true, false), (size.Amount.Bytes, size.Amount.Objects, size.IsComplete, size.IsAtLeast));
        Assert.False((await stage.Files.MeasureAsync(StorageStage.At("s/savepoint-2/"), default)).Value!.IsComplete);
        for (var i = 0; i < 20_500; i++)
            stage.Put($"many/{i}", 1);
        Assert.True((await stage.Files.MeasureAsync(StorageStage.At("many/"), default)).Value!.IsAtLeast);
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(3_000, 200)]
    [InlineData(70_000, 3)]
    public async Task Jar_TellsItsMainClass_FromItsEnd(int entries, int size)
    {
        await using var stage = await StorageStage.StartAsync();
        var jar = Jar(entries, size, "Manifest-Version: 1.0\r\nMain-Class: org.example.a.rather.long.package.name.that.is.continued.Order\r\n sJob\r\nImplementation-Version: 1.2\r\n\r\nName: x\r\nMain-Class: not.This\r\n");
        stage.Put("jobs/a.jar", jar);
        var head = (await stage.Files.HeadAsync(StorageStage.At("jobs/a.jar"), default)).Value!.Object;
        var facts = (await stage.Files.JarAsync(head, default)).Value!;
        Assert.Equal((entries + 1L, "org.example.a.rather.long.package.name.that.is.continued.OrdersJob", "1.2"), (facts.Entries, facts.MainClass, facts.Main["Implementation-Version"]));
        Assert.InRange(stage.Api.Requests, 2, 4);
    }

    [Fact]
    public async Task Jar_ThatIsNone_SaysSo()
    {
        await using var stage = await StorageStage.StartAsync();
        stage.Put("jobs/a.jar", Encoding.UTF8.GetBytes("no zip at all"));
        stage.Put("jobs/empty.jar", []);
        foreach (var key in new[] { "jobs/a.jar", "jobs/empty.jar" })
            Assert.Contains("is no jar", (await stage.Files.JarAsync((await stage.Files.HeadAsync(StorageStage.At(key), default)).Value!.Object, default)).Failure!.Message, StringComparison.Ordinal);
        stage.Put("jobs/b.jar", Jar(3, 10, null));
        Assert.Null((await stage.Files.JarAsync((await stage.Files.HeadAsync(StorageStage.At("jobs/b.jar"), default)).Value!.Object, default)).Value!.MainClass);
    }

    [Fact]
    public async Task Archive_IsUnpackedAsItIsRead_AcrossABrokenConnection()
    {
        await using var stage = await StorageStage.StartAsync();
        var text = string.Join('\n', Enumerable.Range(0, 200_000).Select(i => $"line {i} {i * 7919 % 104729}"));
        using var memory = new MemoryStream();
        await using (var zip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync(Encoding.UTF8.GetBytes(text));
        stage.Put("logs/pod/STDOUT.gz", memory.ToArray());
        stage.Cluster.S3Faults.CutNext(1);
        using var reader = new StreamReader(new GZipStream(await stage.Files.OpenArchiveAsync($"s3://{AwsAccount.Bucket}/logs/pod/STDOUT.gz", default), CompressionMode.Decompress));
        Assert.Equal(text, await reader.ReadToEndAsync());
        Assert.True((await stage.Files.OpenAsync(StorageStage.At("logs/none/STDOUT.gz"), default)).Failure!.IsAbsent);
        foreach (var address in new[] { null, "file:///etc/passwd", "s3://elsewhere/x.gz", $"s3://{AwsAccount.Bucket}/a/../b.gz", $"s3://{AwsAccount.Bucket}/none.gz" })
            Assert.NotEmpty((await Assert.ThrowsAnyAsync<IOException>(() => stage.Files.OpenArchiveAsync(address, default))).Message);
    }

    [Fact]
    public async Task Usage_IsCountedOnceForAll_AndStaysWhenCountingFails()
    {
        await using var stage = await StorageStage.StartAsync();
        for (var i = 0; i < 2_500; i++)
            stage.Put($"many/{i}", 2);
        var told = 0;
        using (stage.Usage.Subscribe(() => Interlocked.Increment(ref told)))
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => stage.Usage.StartAsync()));
        Assert.Equal((5_000L, false, false, 3L), (stage.Usage.Now.Count!.Total.Bytes, stage.Usage.Now.IsRunning, stage.Usage.Now.IsCut, stage.Api.Requests));
        Assert.True(told >= 4);
        var at = stage.Usage.Now.At;
        stage.Cluster.S3Faults.FailNext(100);
        await stage.Usage.StartAsync();
        Assert.Equal((at, 5_000L), (stage.Usage.Now.At, stage.Usage.Now.Count!.Total.Bytes));
        Assert.Single(stage.Usage.Now.Failures);
    }

    private static byte[] Jar(int entries, int size, string? manifest)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < entries; i++)
            {
                using var content = zip.CreateEntry($"org/example/Class{i}.class", CompressionLevel.NoCompression).Open();
                content.Write(new byte[size]);
            }
            using var writer = new StreamWriter(zip.CreateEntry(manifest is null ? "other" : "META-INF/MANIFEST.MF", CompressionLevel.Optimal).Open());
            writer.Write(manifest ?? "x");
        }
        return memory.ToArray();
    }
}
