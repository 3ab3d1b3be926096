#import <Foundation/Foundation.h>
#import <TrustKit/TrustKit.h>

@interface PinningDelegate : NSObject <NSURLSessionDelegate>
@end

@implementation PinningDelegate

- (void)URLSession:(NSURLSession *)session
    didReceiveChallenge:(NSURLAuthenticationChallenge *)challenge
      completionHandler:(void (^)(NSURLSessionAuthChallengeDisposition, NSURLCredential *))completionHandler {
    TSKPinningValidator *validator = [[TrustKit sharedInstance] pinningValidator];
    if (![validator handleChallenge:challenge completionHandler:completionHandler]) {
        completionHandler(NSURLSessionAuthChallengePerformDefaultHandling, nil);
    }
}

@end
